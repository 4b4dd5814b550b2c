package pilothouse.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import pilothouse.runtime.Target;

/// What is asked for.
///
/// @param values        for the variables of the source; whatever JSON can say
/// @param extraMessages sent after the rendered ones: the further turns of a conversation
/// @param sampling      overrides the parameters that the source asks for
/// @param service       how to serve it; the form is the source's, if it states none
/// @param member        who asks
public record RunRequest(RunSource source, Map<String, Object> values, List<Message> extraMessages, Target target,
        Sampling sampling, Service service, MemberId member) {
    public RunRequest {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // Map.copyOf takes no null
        extraMessages = List.copyOf(extraMessages);
    }

    /// Served as the server does by itself.
    public RunRequest(RunSource source, Map<String, Object> values, List<Message> extraMessages, Target target, Sampling sampling,
            MemberId member) {
        this(source, values, extraMessages, target, sampling, Service.DEFAULTS, member);
    }
}
