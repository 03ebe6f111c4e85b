using System.IO.Pipelines;
using System.Text;
using LiveSkate.Server.Live;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>Two write on one WebSocket: SignalR, and the fan-out past it. What comes out must still be a WebSocket.</summary>
public sealed class ViewerStreamTests
{
    private static readonly byte[] Frame = ViewerStream.Framed("frame"u8);

    // A text message in two fragments (RFC 6455, 5.4), a pong and a close.
    private static readonly byte[] FirstHalf = [0x01, 2, (byte)'a', (byte)'b'], SecondHalf = [0x80, 1, (byte)'c'], Pong = [0x8a, 0], Goodbye = [0x88, 0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void Header_says_a_whole_text_of_that_length(int length, int header)
    {
        var framed = ViewerStream.Framed(new byte[length]);
        Assert.Equal(header + length, framed.Length);
        Assert.Equal(0x81, framed[0]);
        Assert.Equal(length, header switch { 2 => framed[1], 4 => (framed[2] << 8) | framed[3], _ => (framed[7] << 16) | (framed[8] << 8) | framed[9] });
    }

    [Fact]
    public async Task Frame_waits_until_a_message_in_fragments_is_whole_and_a_pong_among_them_changes_nothing()
    {
        var wire = new MemoryStream();
        using var stream = new ViewerStream(wire);
        await stream.WriteAsync(FirstHalf, Stop);
        var frame = stream.WriteFramedAsync(Frame).AsTask();
        await stream.WriteAsync(Pong, Stop);
        Assert.False(frame.IsCompleted);
        await stream.WriteAsync(SecondHalf, Stop);
        await frame;
        Assert.Equal([.. FirstHalf, .. Pong, .. SecondHalf, .. Frame], wire.ToArray());
    }

    [Fact]
    public async Task Nothing_follows_a_goodbye()
    {
        var wire = new MemoryStream();
        using var stream = new ViewerStream(wire);
        await stream.WriteFramedAsync(Frame);
        await stream.WriteAsync(Goodbye, Stop);
        await stream.WriteFramedAsync(Frame);
        Assert.Equal([.. Frame, .. Goodbye], wire.ToArray());
    }

    [Fact]
    public async Task Goodbye_to_who_does_not_read_is_given_up()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 8, resumeWriterThreshold: 4, useSynchronizationContext: false));
        using var stream = new ViewerStream(pipe.Writer.AsStream());
        var frame = stream.WriteFramedAsync(ViewerStream.Framed(Encoding.ASCII.GetBytes("nobody reads this"))).AsTask();
        await Assert.ThrowsAsync<IOException>(() => stream.WriteAsync(Goodbye, Stop).AsTask());
        Assert.False(frame.IsCompleted);
        await pipe.Reader.CompleteAsync();
        await frame;
    }
}
