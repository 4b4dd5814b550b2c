package pilothouse.connectors;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Locale;
import javax.net.ssl.SSLException;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Turns what a server or the network did into words: the server's own text, and a remedy.
record ServerProblems(Server server) {
    private static final int MAX_TEXT = 600;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

    /// A refusal by status.
    ///
    /// @param location   the `Location` header, empty if none
    /// @param retryAfter the `Retry-After` header, empty if none
    ProblemException refused(int status, String body, String location, String retryAfter) {
        var text = textOf(body);
        if (status >= 300 && status < 400)
            return problem("The server sends requests on to " + (location.isEmpty() ? "another address" : plain(location)),
                    "Nothing was sent there. If you trust that address, make it the server's address.");
        if (asksForLess(text))
            return problem("The prompt is too long: " + text, "Shorten it, or choose a model with a longer context.");
        return switch (status) {
            case 401, 403 -> problem("The server refused the key (status " + status + "): " + text,
                    "Check the key of this server and what it is allowed to do.");
            case 404 -> notFound(text);
            case 408, 504 -> problem("The server gave up waiting (status " + status + "): " + text, "Try again.");
            case 429 -> problem("The server is at its limit (status 429): " + text, "Try again " + when(retryAfter) + ".");
            case 503 -> problem("The server is not ready (status 503): " + text, "Try again " + when(retryAfter) + ".");
            default -> status >= 500
                    ? problem("The server failed (status " + status + "): " + text,
                            "Try again; if it stays so, look into the server's log.")
                    : problem("The server refused the request (status " + status + "): " + text,
                            "Change what it complains about.");
        };
    }

    /// An error object inside an answer that began well.
    ProblemException midStream(JsonNode error) {
        var text = textOf(error);
        return asksForLess(text)
                ? problem("The prompt is too long: " + text, "Shorten it, or choose a model with a longer context.")
                : problem("The server failed: " + text, "Try again; if it stays so, look into the server's log.");
    }

    /// A failure of the network, before or during an answer.
    ProblemException broken(IOException failure) {
        var text = plain(failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
        var problem = switch (failure) {
            case ConnectionFailure known -> known.problem();
            case UnknownHostException _ -> new Problem("There is no host named " + server.base().getHost(), server.place(),
                    "Check the address and the network.");
            case ConnectException _, NoRouteToHostException _ -> new Problem("Nothing answers: " + text, server.place(),
                    "Start the server, or check its address.");
            case SSLException _ -> new Problem("The secure connection failed: " + text, server.place(),
                    "Check the server's certificate and that its address begins with the right http or https.");
            case InterruptedIOException _ -> new Problem("The server did not take the connection in time: " + text,
                    server.place(), "Check that it is running and reachable.");
            default -> new Problem("The connection broke off: " + text, server.place(), "Try again.");
        };
        return new ProblemException(problem, failure);
    }

    ProblemException endedEarly() {
        return problem("The server ended the answer before it was complete", "Try again.");
    }

    ProblemException tooSlow(String waitedFor, Duration limit) {
        return problem("The server sent no " + waitedFor + " for " + seconds(limit),
                "Try again, or raise the limit if the server needs longer.");
    }

    /// Something that is not what the route answers with.
    ProblemException strange(String body) {
        var page = body.stripLeading().startsWith("<");
        return problem(page ? "The server answered with a web page" : "The answer is not understood: " + plain(body),
                "Check that the address is that of an OpenAI-shaped model server.");
    }

    private ProblemException notFound(String text) {
        return text.toLowerCase(Locale.ROOT).contains("model")
                ? problem("The server does not have this model (status 404): " + text, "Choose one that it serves.")
                : problem("The server does not know this route (status 404): " + text,
                        "Check that the address is that of an OpenAI-shaped model server.");
    }

    private ProblemException problem(String what, String remedy) {
        return new ProblemException(what, server.place(), remedy);
    }

    private static boolean asksForLess(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("context") && (lower.contains("exceed") || lower.contains("maximum"));
    }

    /// `Retry-After` in words: seconds or an HTTP date, believed up to [#LONGEST_WAIT].
    private static String when(String retryAfter) {
        return wait(retryAfter).map(wait -> "in " + seconds(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait))
                .orElse("in a while");
    }

    private static Optional<Duration> wait(String retryAfter) {
        if (retryAfter.matches("\\d{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        try {
            var wait = Duration.between(Instant.now(),
                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(wait).filter(w -> !w.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty(); // no date either: the header is optional and says nothing then
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    /// The message inside an error body of any known shape, else the body itself.
    private static String textOf(String body) {
        try {
            return body.isBlank() ? "no reason given" : textOf(Json.parse(body));
        } catch (JacksonException e) {
            return body.stripLeading().startsWith("<") ? "it answered with a web page" : plain(body);
        }
    }

    private static String textOf(JsonNode body) {
        var error = body.has("error") ? body.get("error") : body;
        for (var name : new String[] {"message", "detail", "error"})
            if (error.path(name).isString()) return plain(error.get(name).asString());
        return plain(error.isString() ? error.asString() : error.toString());
    }

    /// Server text is hostile: no control or direction-changing characters, and not too much of it.
    static String plain(String text) {
        var clean = text.replaceAll("[\\p{Cntrl}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT) + " …";
    }
}
