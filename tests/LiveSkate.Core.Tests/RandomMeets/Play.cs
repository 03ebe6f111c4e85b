namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>One story, played with all that is looked at.</summary>
internal sealed class Play(Story story)
{
    private Day? _day;

    public Story Story => story;

    public int Facts => _day?.Journal.Count ?? 0;

    public IReadOnlyList<Recorded> Journal => _day?.Journal ?? [];

    /// <summary>What broke, in the words of whoever noticed; null: nothing.</summary>
    public Exception? Error()
    {
        try
        {
            Whole();
            return null;
        }
        catch (Exception broken)
        {
            return broken;
        }
    }

    public void Whole()
    {
        var checks = new Checks(Dice.For(story.Seed, "checks"));
        _day = new Day { Look = checks.Look };
        story.Play(_day);
        Afterwards.Look(_day, Dice.For(story.Seed, "afterwards"));
    }
}
