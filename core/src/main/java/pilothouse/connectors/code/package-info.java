/// A request as the text of a program that sends it: [pilothouse.connectors.code.CodeRequest] says where to and what,
/// [pilothouse.connectors.code.CodeLanguage] writes it. A key is named, never written.
package pilothouse.connectors.code;
