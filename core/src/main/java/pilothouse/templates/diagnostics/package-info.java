/// What is wrong or doubtful in a prompt's text, with its place and the change that would mend it. Read
/// [pilothouse.templates.diagnostics.Diagnostic], then [pilothouse.templates.diagnostics.Inspection], which finds what the
/// language itself tells; `pilothouse.checks` adds what depends on models, servers and secrets.
package pilothouse.templates.diagnostics;
