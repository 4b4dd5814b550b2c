/// The prompt document and its template language: Dotprompt, with a logic-light Handlebars subset of
/// our own that calls no methods and knows maps, lists, text, numbers, booleans and null only.
/// Read [pilothouse.templates.PromptDocument] first (the text that is edited and stored), then
/// [pilothouse.templates.Template] (its body), then [pilothouse.templates.Rendering] (the messages).
package pilothouse.templates;
