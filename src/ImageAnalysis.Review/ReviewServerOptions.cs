using System.Net;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>How the review is served.</summary>
public sealed record ReviewServerOptions
{
    /// <summary>Name that decisions are made under until the reviewer gives another; default <c>reviewer</c>.</summary>
    public string Reviewer { get; init; } = "reviewer";

    /// <summary>Address to listen at; default the computer itself, so that no other can reach it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen at, 0…65535; default 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Whether other computers may reach the pages; default false, and then no address but the computer's own is accepted. What is sent is not encrypted: whoever reads the network can read
    /// images and decisions, and with the token decide in anybody's name.
    /// </summary>
    public bool ExposeToNetwork { get; init; }

    /// <summary>The secret part of the address; default 32 random bytes.</summary>
    public string? Token { get; init; }

    /// <summary>Gives the time of decisions.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Writes what goes into the results folder beside the tables, such as the report, when the reviewer asks for it; <c>null</c> writes tables only.</summary>
    public Action<FinishedRun>? OnFinished { get; init; }

    /// <summary>Is told of every failure of the program; <c>null</c> tells nobody but the page.</summary>
    public Action<Exception>? OnBug { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">The address is not the computer's own, or the port or the name cannot be.</exception>
    public void Validate()
    {
        if (!IPAddress.IsLoopback(Address) && !ExposeToNetwork)
        {
            throw new InputException($"{Address}: other computers could reach this address, and the connection is not encrypted: whoever reads the network could see the images and decide in your name. Expected 127.0.0.1 or ::1; add --expose-to-network if you accept that.");
        }

        if (Port is < 0 or > 65535)
        {
            throw new InputException(FormattableString.Invariant($"--port: found {Port}; expected 0…65535."));
        }

        if (!ReviewerName.IsValid(Reviewer))
        {
            throw new InputException($"--reviewer: found \"{Reviewer}\"; expected a name of 1 to {ReviewerName.MostCharacters} characters.");
        }
    }
}
