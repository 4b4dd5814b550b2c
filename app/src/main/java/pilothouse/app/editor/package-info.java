/// What any text editor can do, whatever it edits: [pilothouse.app.editor.LineEdit] changes whole lines,
/// [pilothouse.app.editor.TextSearch] finds and replaces, [pilothouse.app.editor.FindBar] is its row of fields.
package pilothouse.app.editor;
