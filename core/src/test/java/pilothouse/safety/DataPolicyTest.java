package pilothouse.safety;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;

class DataPolicyTest {
    private final SecretRule rule = SecretRule.of(List.of(new Secret(new SecretRef("KEY"), "sk-live-0123456789")));
    private final DataPolicy policy = new DataPolicy(() -> rule);

    @Test
    void givenASecretInAMessage_itGoesToTheLocalEngineOnly() {
        var messages = List.of(Message.of(MessageRole.SYSTEM, "Be kind."),
                Message.of(MessageRole.USER, "My key is sk-live-0123456789"));
        assertThatThrownBy(() -> policy.check(messages, Target.parse("openai/gpt")))
                .isInstanceOf(ProblemException.class).hasMessageContaining("message 2 (user)")
                .hasMessageNotContaining("0123456789");
        assertThatCode(() -> policy.check(messages, Target.parse("local/m"))).doesNotThrowAnyException();
        assertThatCode(() -> policy.check(messages.subList(0, 1), Target.parse("openai/gpt"))).doesNotThrowAnyException();
    }
}
