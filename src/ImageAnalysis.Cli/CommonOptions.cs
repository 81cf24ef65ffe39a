using System.CommandLine;

namespace ImageAnalysis.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<int?> Jobs(string description)
    {
        Option<int?> jobs = new("--jobs") { Description = description, HelpName = "N" };
        jobs.Validators.Add(parsed =>
        {
            if (parsed.Tokens.Count == 1 && int.TryParse(parsed.Tokens[0].Value, out int number) && number < 1)
            {
                parsed.AddError($"--jobs: found {parsed.Tokens[0].Value}; expected 1 or more.");
            }
        });
        return jobs;
    }

    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress, notes and table: errors and bad files only." };
}
