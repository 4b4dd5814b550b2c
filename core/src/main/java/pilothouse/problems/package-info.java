/// What the user must know when something went wrong: [pilothouse.problems.Problem] is the thing,
/// [pilothouse.problems.ProblemException] carries it to whoever can show it.
package pilothouse.problems;
