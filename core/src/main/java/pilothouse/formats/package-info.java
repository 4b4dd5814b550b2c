/// How prompts leave and enter: [pilothouse.formats.Export] writes whole histories as `.prompt` files
/// with a manifest, [pilothouse.formats.Import] plans and takes them in.
package pilothouse.formats;
