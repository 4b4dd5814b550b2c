/// What is wrong or doubtful in a prompt, all of it, alike in the window, on the command line and in CI:
/// [pilothouse.checks.PromptCheck] adds to what the text tells by itself what depends on models, parameters, room and secrets.
package pilothouse.checks;
