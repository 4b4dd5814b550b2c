/// A strict interpreter of the part of Jinja that models' chat templates use, with the settings of Hugging
/// Face transformers. Read [pilothouse.templates.jinja.JinjaTemplate] first.
package pilothouse.templates.jinja;
