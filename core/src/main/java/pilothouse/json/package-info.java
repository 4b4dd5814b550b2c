/// The one configured JSON mapper, and the canonical form that hashes are made of.
package pilothouse.json;
