package pilothouse.connectors.code;

import java.util.stream.Collectors;
import pilothouse.json.Json;

/// A program in one file, for Java 21 and newer, with the JDK's own client. It asks for the answer in one piece.
final class JavaText {
    private static final String INDENT = " ".repeat(16);

    private JavaText() {}

    static String of(CodeRequest request) {
        var body = request.body().deepCopy();
        body.put("stream", false).remove("stream_options");
        var address = request.base().map(base -> Json.quoted(base + CodeRequest.ROUTE)).orElse("System.getenv(\"" + CodeRequest.BASE_VARIABLE + "\") + \"" + CodeRequest.ROUTE + "\"");
        return "// java Ask.java\n// " + request.note().replace("\\u", "\\ u") + "\n" + """
                import java.io.IOException;
                import java.net.URI;
                import java.net.http.HttpClient;
                import java.net.http.HttpRequest;
                import java.net.http.HttpResponse;

                public class Ask {
                    public static void main(String[] args) throws IOException, InterruptedException {
                        var body = \"""
                """ + block(JsonText.JSON.of(body, "")) + """
                                \""";
                        var request = HttpRequest.newBuilder(URI.create(ADDRESS))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + System.getenv("KEY"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build();
                        try (var client = HttpClient.newHttpClient()) {
                            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                            if (response.statusCode() != 200) throw new IOException(response.statusCode() + ": " + response.body());
                            System.out.println(response.body());
                        }
                    }
                }
                """.replace("ADDRESS", address).replace("\"KEY\"", "\"" + request.keyVariable() + "\"");
    }

    /// The lines of a text block. Blanks at a line's end would be lost; JSON has none there.
    private static String block(String json) {
        return json.lines().map(line -> INDENT + line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"") + "\n").collect(Collectors.joining());
    }
}
