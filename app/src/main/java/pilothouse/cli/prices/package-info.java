/// `pilothouse prices ...`: what targets cost, in the workspace's price book.
package pilothouse.cli.prices;
