/// What two screens or more show alike. Each has its look in `controls.css`, its content as accessible text, and
/// works by keyboard. Begin with [pilothouse.app.controls.Tone], [pilothouse.app.controls.Card] and
/// [pilothouse.app.controls.Buttons]; what stands in a card that has nothing to show:
/// [pilothouse.app.controls.EmptyState], [pilothouse.app.controls.Loading], [pilothouse.app.controls.Failure].
package pilothouse.app.controls;
