/// What an answer may look like, as masks over a model's tokens. [pilothouse.engine.grammar.JsonSchema] and
/// [pilothouse.engine.grammar.RegexParser] write a [pilothouse.engine.grammar.Grammar] over bytes, which is a network of
/// rules that call each other; [pilothouse.engine.grammar.GrammarStates] makes a deterministic machine of it, state by
/// state as answers need them; a [pilothouse.engine.grammar.Guide] follows one answer through it and says, by a
/// [pilothouse.engine.grammar.TokenTrie], which tokens may come next. [pilothouse.engine.grammar.Grammars] keeps what is
/// compiled.
package pilothouse.engine.grammar;
