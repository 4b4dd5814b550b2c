/// The value sets of an open prompt. [pilothouse.app.valuesets.ValueSetsViewModel] holds what the variables are filled
/// with and knows which set that is; [pilothouse.app.valuesets.ValueSetsBar] is the row above the variables.
package pilothouse.app.valuesets;
