package pilothouse.tokens.prices;

import java.time.LocalDate;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Price;

/// A target's price from a day on, until its next entry.
///
/// @param target `server/model`; [#ANY] in the place of the model stands for all of a server
/// @param source where it is from, such as `set by hand`
public record PriceEntry(String target, LocalDate from, Price price, String source) {
    /// In the place of a model: all of the server that have no entry of their own.
    public static final String ANY = "*";

    /// @throws ProblemException if the target is none
    public PriceEntry {
        int slash = target.indexOf('/');
        if (slash < 1 || slash == target.length() - 1)
            throw new ProblemException("\"" + target + "\" is no target", "prices", "Write server/model, for example openai/gpt-5, or server/* for all of a server.");
    }

    /// The same for a server that is called otherwise here.
    public PriceEntry onServer(String server) {
        return new PriceEntry(server + target.substring(target.indexOf('/')), from, price, source);
    }
}
