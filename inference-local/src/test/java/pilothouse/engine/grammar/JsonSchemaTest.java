package pilothouse.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;

class JsonSchemaTest {
    private static final int LONGEST = 5_000;

    @Test
    void givenRandomSchemas_everyAnswerOfARandomModelIsValid() {
        answersAreValid(120, 1);
    }

    @Test
    @Tag("thorough")
    void givenAThousandRandomSchemas_everyAnswerOfARandomModelIsValid() {
        answersAreValid(1000, 20_000);
    }

    private static void answersAreValid(int schemas, long seed) {
        int ended = 0;
        for (int i = 0; i < schemas; i++) {
            var schema = new RandomSchemas(new Random(seed + i)).next();
            var compiled = compiled(Json.write(schema));
            var answer = GuidedAnswers.random(compiled, seed + i, LONGEST);
            if (answer.isEmpty()) continue; // cut at the limit, as an answer with finish_reason length
            ended++;
            assertThat(new PlainSchema(schema).isValid(Json.parse(answer.get()))).as("%s is no %s", answer.get(), schema).isTrue();
        }
        assertThat(ended).isEqualTo(schemas);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'object','properties':{'a':{'type':'integer'},'b':{}},'required':['b']}      | {'b':1} {'a':0,'b':null} {'a': -5, 'b': [1, {'x':''}]} | {'a':1} {'b':1,'a':1} {'b':1,'c':1} {'a':01,'b':1} [] {'a':1.5,'b':1}
            {'type':'object','additionalProperties':{'type':'null'},'properties':{'ab':true}}    | {} {'a':null} {'ab':1,'abc':null} {'':null}           | {'a':1} {'ab':1,'ab':null} {'b':1}
            {'type':'array','items':{'type':'boolean'},'minItems':1,'maxItems':2}                | [true] [true,false]                                  | [] [1] [true,true,true]
            {'type':'array','prefixItems':[{'const':1}],'items':{'type':'string'},'minItems':2}  | [1,'x'] [1,'x','y']                                  | [1] ['x'] [1,1]
            {'type':'array','prefixItems':[{'const':1}],'items':false}                           | [] [1]                                               | [1,1]
            {'type':'string','minLength':1,'maxLength':2}                                        | 'a' 'ab' 'é日' '\\n\\u0001'                            | '' 'abc' 'é日x'
            {'type':'string','pattern':'b'}                                                      | 'abc' 'b'                                            | 'ac' ''
            {'type':'string','format':'date'}                                                    | '2024-02-28'                                         | '2024-02-30' '2024-13-01' '24-01-01'
            {'type':'integer','minimum':-12,'maximum':105}                                       | -12 -1 0 7 99 100 105                                | -13 106 -0 1000 1.0 007
            {'type':'number','minimum':0,'maximum':1}                                            | 0 1 0.25                                             | 1.5 -0.1 2
            {'enum':['a',1,null]}                                                                | 'a' 1 null                                           | 2 'b' true
            {'enum':['a',1,null],'type':'string'}                                                | 'a'                                                  | 1 null
            {'anyOf':[{'type':'string'},{'type':'integer'}]}                                     | 'x' 3                                                | true
            {'$ref':'#/$defs/t','$defs':{'t':{'type':'array','items':{'$ref':'#/$defs/t'}}}}     | [] [[],[[]]]                                         | [1] {}
            {'minLength':2}                                                                      | 'ab'                                                 | 'a' 1
            {}                                                                                   | {'a':[1,2.5e3,'x',null,true]} 3 'a'                  | {a:1} [1,] tru""")
    void givenASchema_exactlyItsTextsAreAccepted(String schema, String good, String bad) {
        var compiled = compiled(schema.replace('\'', '"'));
        for (var text : good.replace('\'', '"').replaceAll(": ", ":~").replaceAll(", ", ",~").split("\\s+"))
            assertThat(GuidedAnswers.accepts(compiled, text.replace('~', ' '))).as(text).isTrue();
        for (var text : bad.replace('\'', '"').split("\\s+")) assertThat(GuidedAnswers.accepts(compiled, text)).as(text).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'object','properties':{'a':{'type':'number','multipleOf':2}}}  | multipleOf       | properties.a.multipleOf
            {'type':'object','patternProperties':{}}                               | patternProperties | patternProperties
            {'type':'array','uniqueItems':true}                                    | uniqueItems      | uniqueItems
            {'not':{}}                                                             | not              | not
            {'type':'string','format':'iri'}                                       | iri              | format
            {'type':'string','pattern':'(?=a)'}                                    | looking ahead    | character
            {'$ref':'#/$defs/none'}                                                | leads nowhere    | $ref
            {'$ref':'http://elsewhere'}                                            | leads nowhere    | $ref
            {'oneOf':[{'type':'integer'},{'type':'number'}]}                       | exclude each other | oneOf
            {'anyOf':[{}],'type':'string'}                                         | beside anyOf     | type
            {'$ref':'#/%zz'}                                                       | leads nowhere    | $ref
            {'allOf':{'a':{}}}                                                     | not supported    | allOf
            {'oneOf':{'a':{},'b':{}}}                                              | list of schemas  | oneOf
            {'type':'array','minItems':1.5}                                        | whole number     | minItems
            {'type':'string','maxLength':1e10}                                     | whole number     | maxLength
            {'type':'wrong'}                                                       | no type          | type
            {'type':'object','required':['a'],'properties':{'a':{'$ref':'#'}}}     | never ends       | ``
            {'type':'object','required':['a'],'additionalProperties':false}        | allows nothing   | ``
            {'type':'string','maxLength':1000000}                                  | too large        | ``""")
    void givenWhatIsNotUnderstood_itIsNamedWithItsPlace(String schema, String what, String where) {
        assertThatThrownBy(() -> compiled(schema.replace('\'', '"'))).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().toString()).contains(what);
            assertThat(e.problem().where()).contains(where);
        });
    }

    @Test
    void givenAVeryLongName_itIsWrittenOrRefused() {
        var name = "n".repeat(8_000);
        var compiled = compiled("{\"properties\":{\"" + name + "\":{\"type\":\"null\"}},\"additionalProperties\":{\"type\":\"boolean\"}}");
        assertThat(GuidedAnswers.accepts(compiled, "{\"" + name + "\":null}")).isTrue();
        assertThat(GuidedAnswers.accepts(compiled, "{\"" + name + "\":true}")).isFalse();
        assertThat(GuidedAnswers.accepts(compiled, "{\"" + name + "n\":true}")).isTrue();
        assertThatThrownBy(() -> compiled("{\"properties\":{\"" + "n".repeat(40_000) + "\":{}}}")).hasMessageContaining("too large");
    }

    @Test
    void givenBranchesThatExcludeEachOther_oneOfIsUnderstood() {
        var compiled = compiled("{\"oneOf\":[{\"$ref\":\"#/$defs/cat\"},{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"dog\"}},\"required\":[\"kind\"]}],"
                + "\"$defs\":{\"cat\":{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"cat\"},\"lives\":{\"type\":\"integer\"}},\"required\":[\"kind\"]}}}");
        assertThat(GuidedAnswers.accepts(compiled, "{\"kind\":\"cat\",\"lives\":9}")).isTrue();
        assertThat(GuidedAnswers.accepts(compiled, "{\"kind\":\"dog\",\"lives\":9}")).isFalse();
    }

    @Test
    void givenAnyObject_objectsOnlyAreAccepted_andNestingEndsInTime() {
        var compiled = new Grammars(GuidedAnswers.TOKENIZER).compile(new Form.AnyObject());
        assertThat(GuidedAnswers.accepts(compiled, "{\"a\":{\"b\":[]}}")).isTrue();
        assertThat(GuidedAnswers.accepts(compiled, "[]")).isFalse();
        assertThat(GuidedAnswers.accepts(compiled, "{\"a\":" + "[".repeat(300))).isFalse();
        var answer = GuidedAnswers.random(compiled, 3, LONGEST);
        assertThat(Json.parse(answer.orElseThrow()).isObject()).isTrue();
    }

    private static Grammars.Compiled compiled(String schema) {
        return new Grammars(GuidedAnswers.TOKENIZER).compile(new Form.Schema(Json.parse(schema)));
    }
}
