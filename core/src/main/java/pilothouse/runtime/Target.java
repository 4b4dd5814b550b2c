package pilothouse.runtime;

import pilothouse.problems.ProblemException;

/// Where a request goes: a model on a server, written `server/model` such as `local/smollm2-135m`.
///
/// @param server the server's name, without a slash; [#LOCAL] is the engine inside the program
/// @param model  the model's name on that server; may contain slashes
public record Target(String server, String model) {
    /// The name of the local engine's server.
    public static final String LOCAL = "local";

    public Target {
        if (server.isBlank() || server.contains("/") || model.isBlank())
            throw new ProblemException("\"" + server + "/" + model + "\" is no target", "target",
                    "Write server/model, for example local/smollm2-135m.");
    }

    /// @throws ProblemException if `text` is not `server/model`
    public static Target parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0)
            throw new ProblemException("\"" + text + "\" is no target", "target",
                    "Write server/model, for example local/smollm2-135m.");
        return new Target(text.substring(0, slash), text.substring(slash + 1));
    }

    public boolean isLocal() {
        return server.equals(LOCAL);
    }

    @Override
    public String toString() {
        return server + "/" + model;
    }
}
