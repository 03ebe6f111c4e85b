using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace LiveSkate.Server.Ops;

/// <summary>The pages that people look at, out of the folder wwwroot beside the program: /, /scoreboard/, /commentator/ and /m/.</summary>
public static class Pages
{
    /// <summary>Assets carry a hash of their content in their name, so what was fetched once need never be asked for again.</summary>
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Everything comes from here; a board may be shown inside another page.</summary>
    private const string Policy =
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'";

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Serves the pages. In a build without them (SkipClients) their addresses say so.</summary>
    public static void MapPages(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder))
        {
            foreach (var page in (string[])["/", "/scoreboard", "/commentator", "/m"])
                app.MapGet(page, () => Results.Problem(
                    statusCode: StatusCodes.Status404NotFound, title: "No pages in this build",
                    detail: "The server was built with SkipClients=true.", extensions: new Dictionary<string, object?> { ["code"] = "no-pages" }));
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.Use((context, next) => Compressed(context, next, files));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new CompressedTypes(),
            OnPrepareResponse = Prepare,
        });
    }

    /// <summary>The build has left a compressed copy beside each file; who can read it is given that one.</summary>
    private static Task Compressed(HttpContext context, RequestDelegate next, PhysicalFileProvider files)
    {
        var path = context.Request.Path;
        if (path.Value is { } plain && Types.TryGetContentType(plain, out _) && !IsRange(context))
        {
            var accepted = context.Request.Headers.AcceptEncoding.ToString();
            foreach (var (encoding, extension) in ((string, string)[])[("br", ".br"), ("gzip", ".gz")])
                if (Accepts(accepted, encoding) && files.GetFileInfo(plain + extension).Exists)
                {
                    context.Request.Path = plain + extension;
                    break;
                }
        }

        return next(context);
    }

    private static bool IsRange(HttpContext context) => context.Request.Headers.Range.Count > 0;

    private static bool Accepts(string header, string encoding) =>
        StringWithQualityHeaderValue.TryParseList([header], out var values)
        && values.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality != 0);

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        var isAsset = file.Context.Request.Path.StartsWithSegments("/assets");
        headers.CacheControl = isAsset ? Immutable : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        if (!isAsset)
            headers.ContentSecurityPolicy = Policy;
        if (file.File.Name.EndsWith(".br", StringComparison.Ordinal))
            headers.ContentEncoding = "br";
        else if (file.File.Name.EndsWith(".gz", StringComparison.Ordinal))
            headers.ContentEncoding = "gzip";
    }

    /// <summary>A compressed file is of the type of what is inside.</summary>
    private sealed class CompressedTypes : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, out string contentType)
        {
            var plain = subpath.EndsWith(".br", StringComparison.Ordinal) || subpath.EndsWith(".gz", StringComparison.Ordinal) ? subpath[..^3] : subpath;
            var isKnown = Types.TryGetContentType(plain, out var type);
            contentType = type is "text/html" or "text/css" or "text/javascript" ? type + "; charset=utf-8" : type ?? "";
            return isKnown;
        }
    }
}
