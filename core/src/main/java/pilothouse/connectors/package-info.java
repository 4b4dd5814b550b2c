/// Speaks to servers. [pilothouse.connectors.Server] says where one is;
/// [pilothouse.connectors.RemoteRuntime] is the connector of every OpenAI-shaped server, on top of
/// [pilothouse.connectors.ServerClient], which turns whatever a network or a server does wrong into
/// a problem that says what to do. [pilothouse.connectors.ServerSentEvents] decodes streams.
///
/// [pilothouse.connectors.Connection] says what a server is believed by and shown, where it may be, and what
/// lies between ([pilothouse.connectors.Network]); it makes the HTTP client.
package pilothouse.connectors;
