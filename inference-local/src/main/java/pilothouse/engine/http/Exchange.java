package pilothouse.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import pilothouse.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One request and its answer. Blocking, on one virtual thread.
public final class Exchange {
    /// Most bytes of a body.
    public static final int MOST_BODY = 16 << 20;

    private static final String REQUEST_ID = "X-Request-Id";

    private final Request request;
    private final Response response;

    public Exchange(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /// Method and path, such as `GET /health`.
    public String route() {
        return request.getMethod() + " " + Request.getPathInContext(request);
    }

    public String header(HttpHeader name) {
        var value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }

    /// Gives the answer the request's `X-Request-Id`, or one of its own.
    public void identify() {
        var given = request.getHeaders().get(REQUEST_ID);
        response.getHeaders().put(REQUEST_ID, given != null && given.matches("[\\w.:-]{1,128}") ? given : UUID.randomUUID().toString());
    }

    /// The whole body as JSON.
    ///
    /// @throws ApiError if it is too long, or no JSON, or nested too deeply
    public JsonNode body() throws IOException {
        if (request.getLength() > MOST_BODY) throw tooLong();
        var bytes = Content.Source.asInputStream(request).readNBytes(MOST_BODY + 1);
        if (bytes.length > MOST_BODY) throw tooLong();
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw ApiError.refused(400, "", "invalid_json", "The body is not JSON: " + e.getOriginalMessage());
        }
    }

    private ApiError tooLong() {
        closeAfterwards(); // the rest of the body is not read
        return ApiError.refused(413, "", "request_too_large", "The body is longer than " + MOST_BODY + " bytes.");
    }

    public void send(int status, Object json) throws IOException {
        send(status, "application/json", Json.write(json));
    }

    public void send(int status, String contentType, String text) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        Content.Sink.write(response, true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public void refuse(ApiError error) throws IOException {
        error.retryAfter().ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, Integer.toString(seconds)));
        send(error.status(), error.body());
    }

    /// Begins an answer whose parts go out as they come: see [#write].
    public void stream(String contentType) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType).put(HttpHeader.CACHE_CONTROL, "no-cache");
    }

    /// Sends a part at once.
    ///
    /// @throws IOException if the client is gone
    public void write(String part) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
    }

    public void endStream() throws IOException {
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    public boolean isAnswered() {
        return response.isCommitted();
    }

    /// Lets [#isClientGone] look at the connection: no second request may come over it.
    public void closeAfterwards() {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }

    /// True once the client has closed its side. Reads from the connection, since a closed one is noticed in no other way;
    /// call it after the body was read and [#closeAfterwards] said.
    public boolean isClientGone() {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        try {
            var unwanted = ByteBuffer.allocate(512).flip();
            return !connection.isOpen() || connection.fill(unwanted) < 0;
        } catch (IOException _) {
            return true; // reset by the client
        }
    }
}
