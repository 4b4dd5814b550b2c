package pilothouse.runtime;

import java.util.List;

/// A token with its natural log-probability under the raw model (temperature 1, nothing masked).
///
/// @param top the likeliest alternatives, best first, each without alternatives of its own
public record TokenLogprob(String token, double logprob, List<TokenLogprob> top) {
    public TokenLogprob {
        top = List.copyOf(top);
    }
}
