package pilothouse.engine.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import pilothouse.problems.Problem;

/// A request that is refused or failed, in OpenAI's shape.
public final class ApiError extends RuntimeException {
    private final int status;
    private final String type;
    private final String param;
    private final String code;
    private final OptionalInt retryAfter;

    private ApiError(int status, String type, String param, String code, String message) {
        this(status, type, param, code, message, OptionalInt.empty());
    }

    private ApiError(int status, String type, String param, String code, String message, OptionalInt retryAfter) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /// @param param the field that is wrong
    public static ApiError badField(String param, String message) {
        return new ApiError(400, "invalid_request_error", param, "invalid_value", message);
    }

    /// @param param the field that is to blame, or empty
    /// @param code  of the kind of refusal, as OpenAI names it
    public static ApiError refused(int status, String param, String code, String message) {
        return new ApiError(status, "invalid_request_error", param, code, message);
    }

    /// Not the caller's fault.
    public static ApiError failed(Problem problem) {
        return new ApiError(500, "server_error", "", "engine_failure", problem.toString());
    }

    /// More requests than can wait.
    ///
    /// @param seconds after which trying again is worth it
    public static ApiError busy(int seconds, String message) {
        return new ApiError(429, "requests", "", "rate_limit_exceeded", message, OptionalInt.of(seconds));
    }

    /// Seconds for the header `Retry-After`.
    public OptionalInt retryAfter() {
        return retryAfter;
    }

    public int status() {
        return status;
    }

    /// `{"error": {…}}`
    public Map<String, Object> body() {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param.isEmpty() ? null : param);
        error.put("code", code);
        return Map.of("error", error);
    }
}
