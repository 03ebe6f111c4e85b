using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>What a venue does that has no certificate of the wide world: a CA of its own, and a certificate for its broker. As PEM files.</summary>
internal static class PrivateAuthority
{
    /// <summary>Writes ca.crt, broker.crt and broker.key, for localhost.</summary>
    public static void Write(string folder)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=The venue's own CA", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        using var root = authority.CreateSelfSigned(from, until);

        using var brokerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var broker = new CertificateRequest("CN=localhost", brokerKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        broker.CertificateExtensions.Add(names.Build());
        broker.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        broker.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = broker.Create(root, from, until, RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(Path.Combine(folder, "ca.crt"), root.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "broker.crt"), certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "broker.key"), brokerKey.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
