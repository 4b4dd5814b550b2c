package pilothouse.tokens.prices;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Price;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads LiteLLM's public list, `model_prices_and_context_window.json`: one object whose keys are models and whose values
/// hold dollars a token. Only what answers in text is taken. Prices of long contexts (`..._above_200k_tokens`), of batches
/// and of writing to a cache are not.
public final class LiteLlmPrices {
    private static final String SOURCE = "LiteLLM's list";
    private static final String EXAMPLE = "sample_spec"; // explains the format
    private static final int MILLION = 6; // as a power of ten
    private static final Set<String> MODES = Set.of("chat", "completion", "responses");

    private LiteLlmPrices() {}

    /// @param entries by target `provider/model`
    /// @param skipped models without a price for text
    public record Read(List<PriceEntry> entries, int skipped) {}

    /// @param from    the day from which they count
    /// @throws ProblemException if the text is no such list
    public static Read read(String text, LocalDate from) {
        var list = object(text);
        var entries = new ArrayList<PriceEntry>();
        int skipped = 0;
        for (var model : list.properties()) {
            if (model.getKey().equals(EXAMPLE)) continue;
            var provider = model.getValue().path("litellm_provider").asString("");
            var price = provider.isBlank() || provider.contains("/") ? Optional.<Price>empty() : price(model.getValue());
            price.ifPresent(it -> entries.add(new PriceEntry(provider + "/" + withoutProvider(model.getKey(), provider), from, it, SOURCE)));
            if (price.isEmpty()) skipped++;
        }
        if (entries.isEmpty()) throw notAList();
        return new Read(List.copyOf(entries), skipped);
    }

    private static JsonNode object(String text) {
        try {
            var node = Json.parse(text);
            if (node.isObject()) return node;
        } catch (JacksonException e) {
            throw new ProblemException(notAList().problem(), e);
        }
        throw notAList();
    }

    private static ProblemException notAList() {
        return new ProblemException("There are no prices in the file", "prices",
                "Give LiteLLM's model_prices_and_context_window.json, or a file of the same form.");
    }

    private static String withoutProvider(String key, String provider) {
        return key.startsWith(provider + "/") && key.length() > provider.length() + 1 ? key.substring(provider.length() + 1) : key;
    }

    private static Optional<Price> price(JsonNode model) {
        if (!MODES.contains(model.path("mode").asString("chat"))) return Optional.empty();
        var prompt = amount(model, "input_cost_per_token");
        var answer = amount(model, "output_cost_per_token");
        var seconds = zero(amount(model, "input_cost_per_second")).add(zero(amount(model, "output_cost_per_second")));
        if (prompt.isEmpty() && answer.isEmpty() && seconds.signum() == 0) return Optional.empty();
        var cached = amount(model, "cache_read_input_token_cost").or(() -> prompt);
        return Optional.of(new Price("USD", perMillion(prompt), perMillion(cached), perMillion(answer), seconds));
    }

    /// A number, or a text that is one; what is negative or neither is no price.
    private static Optional<BigDecimal> amount(JsonNode model, String field) {
        try {
            var node = model.path(field);
            var amount = node.isNumber() || node.isString() ? new BigDecimal(node.asString()) : BigDecimal.ONE.negate();
            return Optional.of(amount).filter(it -> it.signum() >= 0 && Price.isSane(it.movePointRight(MILLION)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static BigDecimal perMillion(Optional<BigDecimal> perToken) {
        return zero(perToken).movePointRight(MILLION).stripTrailingZeros();
    }

    private static BigDecimal zero(Optional<BigDecimal> amount) {
        return amount.orElse(BigDecimal.ZERO);
    }
}
