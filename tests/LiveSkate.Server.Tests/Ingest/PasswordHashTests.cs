using LiveSkate.Server.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

public sealed class PasswordHashTests
{
    [Fact]
    public void The_published_test_vector_of_PBKDF2_SHA256_fits()
    {
        // RFC 7914 section 11: password "passwd", salt "salt", one iteration, the first 32 bytes.
        var hash = Convert.ToBase64String(Convert.FromHexString("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"));
        Assert.True(PasswordHash.TryParse($"pbkdf2-sha256$1$c2FsdA==${hash}")!.Fits("passwd"u8));
        Assert.False(PasswordHash.TryParse($"pbkdf2-sha256$1$c2FsdA==${hash}")!.Fits("Passwd"u8));
        Assert.False(PasswordHash.TryParse($"pbkdf2-sha256$2$c2FsdA==${hash}")!.Fits("passwd"u8));
    }

    [Fact]
    public void What_the_command_in_the_README_prints_fits() => Assert.True(PasswordHash.TryParse(
        "pbkdf2-sha256$210000$r22T47cLXtUP4Xxf/Yw0eQ==$TGC6eQBEMZFSl2ewfESJWjy5ESvR8Lj0rtBtYeCxA44=")!.Fits("the password"u8));

    [Fact]
    public void What_was_made_fits_its_password_and_no_other()
    {
        var text = PasswordHash.Make("gräts$42");
        Assert.NotEqual(text, PasswordHash.Make("gräts$42"));
        Assert.True(PasswordHash.TryParse(text)!.Fits("gräts$42"u8));
        Assert.False(PasswordHash.TryParse(text)!.Fits(""u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("pbkdf2-sha256$0$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2-sha256$1$$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2-sha256$1$c2FsdA==$")]
    [InlineData("pbkdf2-sha256$1$c2FsdA==$VawEbg==")]
    [InlineData("pbkdf2-sha1$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    public void A_text_of_another_form_is_no_hash(string text) => Assert.Null(PasswordHash.TryParse(text));
}
