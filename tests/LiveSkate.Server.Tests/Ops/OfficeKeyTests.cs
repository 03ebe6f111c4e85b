using LiveSkate.Server.Ops;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

public sealed class OfficeKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveskate-key-").FullName;
    private readonly List<string> _shown = [];

    private string Journal => Path.Combine(_folder, "data", "liveskate.db");

    private string KeyFile => OfficeKey.FileBeside(Journal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_and_shown_once_and_fits_after_a_restart()
    {
        var first = Load();
        var again = Load();

        var key = Assert.Single(_shown);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", key);
        Assert.True(first.Fits($"Bearer {key}"));
        Assert.True(again.Fits($"bearer  {key} "));
    }

    [Fact]
    public void Only_a_salted_hash_is_kept_and_only_its_owner_may_read_it()
    {
        Load();
        Assert.DoesNotContain(_shown[0], File.ReadAllText(KeyFile), StringComparison.Ordinal);
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void Two_servers_never_make_the_same_key_or_the_same_salt()
    {
        Load();
        var hash = File.ReadAllText(KeyFile);
        File.Delete(KeyFile);
        Load();
        Assert.NotEqual(_shown[0], _shown[1]);
        Assert.NotEqual(hash.Split('$')[1], File.ReadAllText(KeyFile).Split('$')[1]);
    }

    [Fact]
    public void A_key_that_is_set_goes_before_the_one_that_was_made()
    {
        Load();
        var set = OfficeKey.Load(new OfficeSettings("my-own"), Journal, _shown.Add);
        Assert.True(set.Fits("Bearer my-own"));
        Assert.False(set.Fits($"Bearer {_shown[0]}"));
        Assert.Single(_shown);
        Assert.True(Load().Fits($"Bearer {_shown[0]}"));
    }

    [Fact]
    public void A_key_that_is_set_is_kept_nowhere()
    {
        OfficeKey.Load(new OfficeSettings("my-own"), Journal, _shown.Add);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Empty(_shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("my-own")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer My-own")]
    [InlineData("Bearer my-own2")]
    [InlineData("Bearer my-ow")]
    [InlineData("Basic my-own")]
    [InlineData("Bearermy-own")]
    public void Anything_else_does_not_fit(string header) =>
        Assert.False(OfficeKey.Load(new OfficeSettings("my-own"), Journal, _shown.Add).Fits(header));

    [Fact]
    public void A_request_has_it_in_exactly_one_header()
    {
        var key = OfficeKey.Load(new OfficeSettings("my-own"), Journal, _shown.Add);
        var context = new DefaultHttpContext();
        Assert.False(key.IsIn(context));
        context.Request.Headers.Authorization = "Bearer my-own";
        Assert.True(key.IsIn(context));
        context.Request.Headers.Authorization = new[] { "Bearer my-own", "Bearer my-own" };
        Assert.False(key.IsIn(context));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256$AAAA$not-base64")]
    [InlineData("sha256$AAAA$AAAA")]
    [InlineData("md5$AAAA$AAAA")]
    public void A_damaged_file_is_named_and_no_new_key_is_made_behind_the_offices_back(string content)
    {
        Load();
        File.WriteAllText(KeyFile, content);
        var error = Assert.Throws<SettingsException>(Load);
        Assert.Contains(KeyFile, error.Message, StringComparison.Ordinal);
        Assert.Contains("delete that file", error.Message, StringComparison.Ordinal);
        Assert.Single(_shown);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "data"), "a file where the folder should be");
        Assert.Contains("office-key", Assert.Throws<SettingsException>(Load).Message, StringComparison.Ordinal);
    }

    private OfficeKey Load() => OfficeKey.Load(new OfficeSettings(null), Journal, _shown.Add);
}
