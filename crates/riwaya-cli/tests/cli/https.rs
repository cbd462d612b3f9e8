//! Whom does the program believe that it speaks with the host that it asked?

use crate::watch::{Server, article, count, html, none};
use crate::{Folder, riwaya};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

/// A server behind a certificate for its own address that it signed itself, and the certificate, which is good from 2020
/// to 2119 and made by `openssl ca -selfsign`.
fn self_signed() -> (Server, CertificateDer<'static>) {
    let certificate = CertificateDer::from_slice(include_bytes!("https/certificate.der"));
    let key = PrivateKeyDer::try_from(include_bytes!("https/key.der").as_slice()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate.clone()], key).unwrap());
    let dress = move |stream| StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream);
    let server = Server::over(dress, |asked, _| match asked.path.as_str() {
        "/news/1" => html(&article(1)),
        _ => none(),
    });
    (server, certificate)
}

/// What a client that trusts `root` is answered.
fn asked_by_one_who_trusts(root: CertificateDer<'static>, server: &Server, path: &str) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(root).unwrap();
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(&server.address).unwrap());
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
    let mut head = [0; 15];
    stream.read_exact(&mut head).unwrap();
    String::from_utf8(head.to_vec()).unwrap()
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (server, certificate) = self_signed();
    let url = format!("https://{}/news/1", server.address);
    // The server is a good one: who trusts its certificate gets the page.
    assert_eq!(asked_by_one_who_trusts(certificate, &server, "/news/1"), "HTTP/1.1 200 OK");
    assert_eq!(server.all(), (1, 1));

    let run = riwaya(&["read", &url, "--allow-host", "127.0.0.1"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
    assert!(run.err.contains(&url) && run.err.contains("certificate"), "{}", run.err);

    let folder = Folder::new("https");
    let feeds = folder.file("feeds.toml", format!("[limits]\npause = \"0s\"\n[[page]]\nurl = \"{url}\"\n"));
    let record = folder.path("r.riwaya");
    let run = riwaya(&["watch", &feeds, "-o", &record, "--once", "--allow-host", "127.0.0.1"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
    assert!(run.err.contains(&url) && run.err.contains("certificate"), "{}", run.err);
    assert_eq!(count(&record, "SELECT count(*) FROM pages"), 0);
    assert_eq!(server.all(), (1, 1), "nothing is asked of it, robots.txt neither");
}
