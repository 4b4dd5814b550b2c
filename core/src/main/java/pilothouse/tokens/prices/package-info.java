/// What targets cost: [pilothouse.tokens.prices.PriceBook] has dated entries, [pilothouse.tokens.prices.PriceFile]
/// keeps it, [pilothouse.tokens.prices.LiteLlmPrices] reads the public list of LiteLLM.
package pilothouse.tokens.prices;
