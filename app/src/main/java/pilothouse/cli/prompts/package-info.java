/// `pilothouse prompts ...`: prompts, their versions and labels.
package pilothouse.cli.prompts;
