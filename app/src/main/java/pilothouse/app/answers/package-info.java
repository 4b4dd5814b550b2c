/// Ways to look at one answer: as JSON with what its schema does not allow ([pilothouse.app.answers.AnswerJson],
/// [pilothouse.app.answers.JsonPane]), by how surprising each token is ([pilothouse.app.answers.Surprise],
/// [pilothouse.app.answers.SurprisePane]), with what was sent and came back ([pilothouse.app.answers.Exchange],
/// [pilothouse.app.answers.ExchangePane]).
package pilothouse.app.answers;
