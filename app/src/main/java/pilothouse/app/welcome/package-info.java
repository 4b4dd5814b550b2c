/// The first minute in the window: [pilothouse.app.welcome.Tour].
package pilothouse.app.welcome;
