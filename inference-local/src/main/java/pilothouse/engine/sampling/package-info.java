/// From logits to the next token: [Sampler], [Logprobs]; and from text to its end: [StopTexts].
package pilothouse.engine.sampling;
