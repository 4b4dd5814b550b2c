package pilothouse.connectors.code;

/// A line for a POSIX shell. The body is a here-document whose end is quoted, so the shell changes nothing in it.
final class CurlText {
    private CurlText() {}

    static String of(CodeRequest request) {
        var address = request.base().map(base -> "'" + (base + CodeRequest.ROUTE).replace("'", "'\\''") + "'").orElse("\"$" + CodeRequest.BASE_VARIABLE + CodeRequest.ROUTE + "\"");
        return "# " + request.note() + "\n"
                + "curl --silent --show-error --no-buffer --fail-with-body " + address + " \\\n"
                + "  --header 'Content-Type: application/json' \\\n"
                + "  --header \"Authorization: Bearer $" + request.keyVariable() + "\" \\\n"
                + "  --data-binary @- <<'JSON'\n"
                + JsonText.JSON.of(request.body(), "") + "\n"
                + "JSON\n";
    }
}
