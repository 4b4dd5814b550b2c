/// What helps who writes a prompt, found in the text alone and also while it is broken: [pilothouse.templates.assistance.Completion]
/// says what can stand at an offset, [pilothouse.templates.assistance.Pointed] what does stand there,
/// [pilothouse.templates.assistance.VariableRename] gives a variable another name. Underneath, [pilothouse.templates.assistance.BodyTags]
/// and [pilothouse.templates.assistance.MatterPlace] read what is not finished yet. Offsets are UTF-16 units of the text.
package pilothouse.templates.assistance;
