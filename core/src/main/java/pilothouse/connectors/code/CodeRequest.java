package pilothouse.connectors.code;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// A request that a program is to send.
///
/// @param base        the server's address, with `/v1` at its end; empty: the environment variable [#BASE_VARIABLE] holds it
/// @param keyVariable the environment variable that holds the key
/// @param body        of the `POST /chat/completions` below the address
/// @param note        how the program comes to its variables: one line, as a comment
public record CodeRequest(Optional<URI> base, String keyVariable, ObjectNode body, String note) {
    public static final String BASE_VARIABLE = "OPENAI_BASE_URL";
    public static final String KEY_VARIABLE = "OPENAI_API_KEY";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public CodeRequest {
        if (!VARIABLE.matcher(keyVariable).matches()) throw new IllegalArgumentException("no name of a variable: " + keyVariable);
        if (note.chars().anyMatch(c -> c < ' ')) throw new IllegalArgumentException("a note has one line");
    }

    static final String ROUTE = "/chat/completions";
}
