/// What any text editor can do, whatever it edits: [pilothouse.app.editor.LineEdit] changes whole lines,
/// [pilothouse.app.editor.TextSearch] finds and replaces, [pilothouse.app.editor.FindBar] is its row of fields.
/// [pilothouse.app.editor.WritingAids] helps while a text is written, with what an [pilothouse.app.editor.Assistance] knows.
package pilothouse.app.editor;
