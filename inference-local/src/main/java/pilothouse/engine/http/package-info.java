/// The engine's side of HTTP, without its routes: [Exchange], [RequestFields], [ApiError].
package pilothouse.engine.http;
