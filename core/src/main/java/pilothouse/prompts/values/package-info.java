/// What a prompt's variables are filled with, kept under names. Read [pilothouse.prompts.values.ValueSet] first,
/// then [pilothouse.prompts.values.ValueSetRepository]; [pilothouse.prompts.values.ValueSetFile] reads them from
/// CSV and JSON.
package pilothouse.prompts.values;
