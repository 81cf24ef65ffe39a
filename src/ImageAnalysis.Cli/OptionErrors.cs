using System.CommandLine;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>Says of a wrong value by which option it was given, rather than by its name inside the program.</summary>
internal static class OptionErrors
{
    /// <summary>Runs a check of values.</summary>
    /// <param name="check">What raises <see cref="ArgumentOutOfRangeException"/> with the value's name at the message's beginning.</param>
    /// <param name="options">Names of values, and their options.</param>
    /// <exception cref="InputException">A value is outside its limits.</exception>
    public static void Check(Action check, params (string Value, Option Option)[] options)
    {
        try
        {
            check();
        }
        catch (ArgumentOutOfRangeException e)
        {
            string message = e.Message.Split('\n')[0].Split(" (Parameter")[0];
            foreach ((string value, Option option) in options)
            {
                message = message.StartsWith(value + " ", StringComparison.Ordinal) ? option.Name + message[value.Length..] : message;
            }

            throw new InputException(message, e);
        }
    }
}
