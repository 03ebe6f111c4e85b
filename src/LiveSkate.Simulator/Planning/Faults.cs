using System.Collections.Immutable;
using System.Globalization;

namespace LiveSkate.Simulator.Planning;

/// <summary>What goes wrong between the loop and the hub. Probabilities from 0 to 1.</summary>
/// <param name="Duplicate">Sent twice.</param>
/// <param name="ReorderMs">Messages change places within so many race-milliseconds.</param>
/// <param name="Late">Held back until everything else of the heat has been sent.</param>
/// <param name="Loss">Not sent at all until the hub asks for it.</param>
public sealed record Faults(double Duplicate = 0, long ReorderMs = 0, double Late = 0, double Loss = 0)
{
    public static Faults None { get; } = new();

    /// <summary>The messages of one heat as they will be sent. Repeats for the same tag.</summary>
    public ImmutableArray<Emission> Schedule(ImmutableArray<TrackMessage> messages, string tag)
    {
        var emissions = new List<Emission>();
        var end = messages.Max(message => message.TimeUs) + ReorderMs * 1_000;
        // A hole is seen only when a higher number comes: the last of each source always goes out.
        var visible = messages.GroupBy(message => message.Source).Select(source => source.Last()).ToHashSet();
        foreach (var message in messages)
        {
            var dice = Dice.For(tag, message.Source, message.Seq.ToString(CultureInfo.InvariantCulture), "faults");
            var atUs = message.TimeUs + dice.Between(0, ReorderMs * 1_000);
            if (dice.Chance(Late))
                atUs = end + dice.Between(1, 5_000_000);
            var lost = dice.Chance(Loss) && !visible.Contains(message);
            emissions.Add(new(atUs, message, lost));
            if (dice.Chance(Duplicate) && !lost)
                emissions.Add(new(atUs + dice.Between(0, 2_000_000), message, false));
        }

        return [.. emissions.OrderBy(emission => emission.AtUs)];
    }
}

/// <param name="AtUs">When it is sent, on the clock of the race.</param>
/// <param name="Lost">Known to the sender, but not sent now.</param>
public sealed record Emission(long AtUs, TrackMessage Message, bool Lost);
