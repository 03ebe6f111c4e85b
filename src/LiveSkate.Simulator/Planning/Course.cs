namespace LiveSkate.Simulator.Planning;

/// <summary>The way to skate: LAP-1, LAP-2. Lengths in whole centimetres.</summary>
public sealed record Course(long DistanceCm, long LapCm)
{
    public static Course Of(decimal distanceM, decimal lapM) => new((long)(distanceM * 100), (long)(lapM * 100));

    /// <summary>How often the finish line is crossed, the finish included.</summary>
    public int Crossings => (int)((DistanceCm + LapCm - 1) / LapCm);

    /// <summary>From the start to the first crossing: a whole lap where start line and finish line are the same.</summary>
    public long FirstCm => DistanceCm - (Crossings - 1) * LapCm;

    public bool StartsAtFinishLine => FirstCm == LapCm;

    /// <summary>What is behind a skater at this crossing; the first is 0.</summary>
    public long BehindCm(int crossing) => FirstCm + crossing * LapCm;

    public long LengthCm(int crossing) => crossing == 0 ? FirstCm : LapCm;
}
