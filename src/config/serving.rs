//! How the site is served: which files for hosts it has, and in which forms its files lie beside them.

use crate::model::keywords;

keywords! {
    /// A file that tells a host how to serve the site.
    pub enum HostFile, "a file for hosts" {
        /// `_headers`, which Netlify and Cloudflare Pages read.
        Headers = "headers",
        /// `_nginx.conf`, which an nginx includes.
        Nginx = "nginx",
    }
}

keywords! {
    /// A form in which a host sends a file that lies beside the file itself.
    pub enum Compression, "a compression" {
        /// gzip (RFC 1952): `.gz`.
        Gzip = "gzip",
        /// Brotli (RFC 7932): `.br`.
        Brotli = "brotli",
    }
}
