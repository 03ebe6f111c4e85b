using System.Collections.Immutable;
using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Ingest;

/// <summary>One JSON object to one fact (contract section 2). Null means that <see cref="Members.Fault"/> says why not.</summary>
internal static class FactReader
{
    private static readonly TimeSpan LongestRace = TimeSpan.FromHours(24);

    public static Fact? Read(TopicKind kind, string source, Members members) => kind switch
    {
        TopicKind.Passing => Passing(source, members),
        TopicKind.Signal => Signal(source, members),
        TopicKind.Finish => Finish(source, members),
        TopicKind.Status => Status(source, members),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a topic that carries facts"),
    };

    private static PassingRead? Passing(string source, Members members)
    {
        var (epoch, seq) = members.Identity();
        var chip = members.Word("chip", required: true);
        var time = members.Instant("timeUs", required: true);
        var (deviceNo, loop) = (members.Whole("deviceNo", long.MinValue, long.MaxValue), members.Text("loop"));
        var (hits, strength, battery) = (members.Small("hits", least: 0), members.Small("strength"), members.Text("battery"));
        var (replay, sim) = (members.Flag("replay"), members.Flag("sim"));
        return members.Fault is not null ? null : new PassingRead
        {
            Source = source, Epoch = epoch, Seq = seq, Sim = sim, Chip = chip!, Time = time!.Value, DeviceNo = deviceNo, Loop = loop,
            Hits = hits, Strength = strength, Battery = battery, Replay = replay,
        };
    }

    private static SignalGiven? Signal(string source, Members members)
    {
        var (epoch, seq) = members.Identity();
        var word = members.Text("kind", required: true);
        var time = members.Instant("timeUs", required: true);
        var sim = members.Flag("sim");
        SignalKind? kind = word switch
        {
            "gun" => SignalKind.Gun,
            "gate" => SignalKind.Gate,
            "recall" => SignalKind.Recall,
            _ => null,
        };
        if (word is not null && kind is null)
            members.OutOfRange("kind", "gun, gate, recall");
        return members.Fault is not null ? null : new SignalGiven
        {
            Source = source, Epoch = epoch, Seq = seq, Sim = sim, Kind = kind!.Value, Time = time!.Value,
        };
    }

    private static FinishRead? Finish(string source, Members members)
    {
        var (epoch, seq) = members.Identity();
        var heat = members.Text("heat", required: true);
        if (heat is not null && !Topics.IsId(heat))
            members.OutOfRange("heat", "1 to 32 of a-z, 0-9 and -");
        var revision = members.Whole("revision", 0, int.MaxValue, required: true);
        var sim = members.Flag("sim");
        var rows = members.List("rows", required: true) is { } list ? Rows(list, members) : [];
        return members.Fault is not null ? null : new FinishRead
        {
            Source = source, Epoch = epoch, Seq = seq, Sim = sim, Heat = heat!, Revision = (int)revision!.Value, Rows = rows,
        };
    }

    private static ImmutableArray<FinishRow> Rows(JsonElement list, Members message)
    {
        var rows = ImmutableArray.CreateBuilder<FinishRow>(list.GetArrayLength());
        var bibs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in list.EnumerateArray())
        {
            var members = new Members(element, $"rows[{rows.Count}].");
            var bib = members.Word("bib", required: true);
            var place = members.Small("place", least: 1);
            var elapsed = members.Whole("elapsedUs", 0, Microseconds.FromSpan(LongestRace));
            var status = members.Text("status", required: true);
            if (status is not null and not ("OK" or "DNS" or "DNF" or "DSQ"))
                members.OutOfRange("status", "OK, DNS, DNF, DSQ");
            if (bib is not null && !bibs.Add(bib))
                members.Fail(RejectionCodes.Duplicate, $"rows[{rows.Count}].bib \"{bib}\" is there twice");
            if (members.Fault is { } fault)
            {
                message.Fail(fault.Code, fault.Detail);
                return [];
            }
            rows.Add(new FinishRow(bib!, place, elapsed is { } us ? Microseconds.ToSpan(us) : null, status!));
        }
        return rows.DrainToImmutable();
    }

    private static SourceReported? Status(string source, Members members)
    {
        var link = members.Word("link", required: true);
        var at = members.Instant("atUs");
        var (lastSeq, noise) = (members.Whole("lastSeq", 0, long.MaxValue), members.Small("noise"));
        var (volts, offset) = (members.Amount("volts"), members.Whole("clockOffsetUs", long.MinValue, long.MaxValue));
        var alarms = ImmutableArray.CreateBuilder<string>();
        foreach (var alarm in members.List("alarms")?.EnumerateArray() ?? default)
        {
            if (alarm.ValueKind == JsonValueKind.String)
                alarms.Add(alarm.GetString()!);
            else
                members.Fail(RejectionCodes.WrongType, $"alarms[{alarms.Count}] is {Members.Show(alarm)}; it has to be a text");
        }
        return members.Fault is not null ? null : new SourceReported
        {
            Source = source, Link = link!, SentAt = at, LastSeq = lastSeq, Noise = noise, Volts = volts, ClockOffsetUs = offset,
            Alarms = alarms.DrainToImmutable(),
        };
    }
}
