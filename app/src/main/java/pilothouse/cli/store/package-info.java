/// `pilothouse store ...`: keeping what is saved, and taking it in and out.
package pilothouse.cli.store;
