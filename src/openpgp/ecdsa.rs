//! ECDSA over curves on which GnuPG makes keys and the OpenPGP crate checks none (brainpool), or only every other
//! signature (secp256k1, of which it asks that s is the lower of its two values, as Bitcoin does). To verify only.
//!
//! Nothing here is secret, neither keys nor messages, so that it need not take the same time for all of them.

#![expect(clippy::many_single_char_names, reason = "numbers and points are named as in the standards")]

use super::key::{mpi, oid};
use num_bigint::BigUint;
use pgp::types::SignatureBytes;

/// The object identifier of brainpoolP256r1 (RFC 9580, section 9.2).
pub(super) const P256_OID: &[u8] = &[0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07];
/// The object identifier of secp256k1.
pub(super) const SECP256K1_OID: &[u8] = &[0x2B, 0x81, 0x04, 0x00, 0x0A];
/// The object identifier of brainpoolP384r1.
pub(super) const P384_OID: &[u8] = &[0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0B];
/// The object identifier of brainpoolP512r1.
pub(super) const P512_OID: &[u8] = &[0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0D];

/// The numbers of a curve as RFC 5639, section 3, and SEC 2, section 2.4.1, print them: p, a, b, x and y of the generator, and its order q.
type Numbers = [&'static str; 6];

#[rustfmt::skip]
const P256: Numbers = [
    "A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377",
    "7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9",
    "26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6",
    "8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262",
    "547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997",
    "A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7",
];
#[rustfmt::skip]
const P384: Numbers = [
    "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B412B1DA197FB71123ACD3A729901D1A71874700133107EC53",
    "7BC382C63D8C150C3C72080ACE05AFA0C2BEA28E4FB22787139165EFBA91F90F8AA5814A503AD4EB04A8C7DD22CE2826",
    "04A8C7DD22CE28268B39B55416F0447C2FB77DE107DCD2A62E880EA53EEB62D57CB4390295DBC9943AB78696FA504C11",
    "1D1C64F068CF45FFA2A63A81B7C13F6B8847A3E77EF14FE3DB7FCAFE0CBD10E8E826E03436D646AAEF87B2E247D4AF1E",
    "8ABE1D7520F9C2A45CB1EB8E95CFD55262B70B29FEEC5864E19C054FF99129280E4646217791811142820341263C5315",
    "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B31F166E6CAC0425A7CF3AB6AF6B7FC3103B883202E9046565",
];
#[rustfmt::skip]
const P512: Numbers = [
    "AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA703308717D4D9B009BC66842AECDA12AE6A380E62881FF2F2D82C68528AA6056583A48F3",
    "7830A3318B603B89E2327145AC234CC594CBDD8D3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C98B9AC8B57F1117A72BF2C7B9E7C1AC4D77FC94CA",
    "3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C98B9AC8B57F1117A72BF2C7B9E7C1AC4D77FC94CADC083E67984050B75EBAE5DD2809BD638016F723",
    "81AEE4BDD82ED9645A21322E9C4C6A9385ED9F70B5D916C1B43B62EEF4D0098EFF3B1F78E2D0D48D50D1687B93B97D5F7C6D5047406A5E688B352209BCB9F822",
    "7DDE385D566332ECC0EABFA9CF7822FDF209F70024A57B1AA000C55B881F8111B2DCDE494A5F485E5BCA4BD88A2763AED1CA2B2FA8F0540678CD1E0F3AD80892",
    "AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA70330870553E5C414CA92619418661197FAC10471DB1D381085DDADDB58796829CA90069",
];

#[rustfmt::skip]
const SECP256K1: Numbers = [
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
    "0",
    "7",
    "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
    "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8",
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
];

/// A public key on one of these curves.
#[derive(Debug)]
pub(super) struct Key {
    curve: Curve,
    point: Point,
}

/// The curve y² = x³ + ax + b over the numbers modulo p, with a generator of order q.
#[derive(Debug)]
struct Curve {
    p: BigUint,
    a: BigUint,
    b: BigUint,
    generator: Point,
    q: BigUint,
}

/// A point in Jacobian coordinates: (x/z², y/z³), or none where z is 0.
#[derive(Debug, Clone)]
struct Point {
    x: BigUint,
    y: BigUint,
    z: BigUint,
}

impl Key {
    /// The key in the material of an ECDSA key packet (RFC 9580, section 5.5.5.4), if it is on such a curve.
    pub(super) fn read(material: &[u8]) -> Option<Self> {
        let (id, rest) = oid(material)?;
        let numbers = [(P256_OID, P256), (P384_OID, P384), (P512_OID, P512), (SECP256K1_OID, SECP256K1)];
        let curve = Curve::new(&numbers.iter().find(|(known, _)| *known == id)?.1)?;
        let (point, rest) = mpi(rest)?;
        // 04 in front of both coordinates in full (RFC 9580, section 11.2.1).
        let coordinates = point.strip_prefix(&[4]).filter(|all| rest.is_empty() && all.len() == 2 * curve.octets())?;
        let (x, y) = coordinates.split_at(curve.octets());
        let point = Point::at(BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
        curve.holds(&point).then_some(Self { curve, point })
    }

    /// Whether a signature is one of this key over a hash (FIPS 186-5, section 6.4.2).
    pub(super) fn verify(&self, hash: &[u8], signature: &SignatureBytes) -> bool {
        let SignatureBytes::Mpis(numbers) = signature else { return false };
        let [r, s] = numbers.as_slice() else { return false };
        let (r, s) = (BigUint::from_bytes_be(r.as_ref()), BigUint::from_bytes_be(s.as_ref()));
        let Curve { p, q, generator, .. } = &self.curve;
        let zero = BigUint::ZERO;
        if r == zero || s == zero || r >= *q || s >= *q {
            return false;
        }
        // Of a longer hash the first octets count; those of these curves are whole octets long.
        let hash = BigUint::from_bytes_be(&hash[..hash.len().min(self.curve.octets())]);
        let Some(inverse) = s.modinv(q) else { return false };
        let (u, v) = (hash * &inverse % q, &r * &inverse % q);
        let sum = self.curve.sum_of_multiples(&u, generator, &v, &self.point);
        let Some(z) = sum.z.modinv(p) else { return false };
        sum.x * &z % p * &z % p % q == r
    }
}

impl Point {
    fn at(x: BigUint, y: BigUint) -> Self {
        Self { x, y, z: BigUint::from(1_u8) }
    }

    fn none() -> Self {
        Self { x: BigUint::from(1_u8), y: BigUint::from(1_u8), z: BigUint::ZERO }
    }

    fn is_none(&self) -> bool {
        self.z == BigUint::ZERO
    }
}

impl Curve {
    fn new(numbers: &Numbers) -> Option<Self> {
        let [p, a, b, x, y, q] = numbers.map(|number| BigUint::parse_bytes(number.as_bytes(), 16));
        Some(Self { p: p?, a: a?, b: b?, generator: Point::at(x?, y?), q: q? })
    }

    /// The length of a coordinate.
    fn octets(&self) -> usize {
        usize::try_from(self.p.bits().div_ceil(8)).unwrap_or(usize::MAX)
    }

    /// Whether a point as [`Point::at`] makes it lies on the curve.
    fn holds(&self, Point { x, y, .. }: &Point) -> bool {
        let Self { p, a, b, .. } = self;
        x < p && y < p && y * y % p == (x * x % p * x + a * x + b) % p
    }

    fn minus(&self, one: &BigUint, other: &BigUint) -> BigUint {
        (one + &self.p - other) % &self.p
    }

    fn double(&self, Point { x, y, z }: &Point) -> Point {
        let p = &self.p;
        let yy = y * y % p;
        let s = x * &yy * 4_u8 % p;
        let zz = z * z % p;
        let m = (x * x * 3_u8 + &zz * &zz % p * &self.a) % p;
        let x = self.minus(&(&m * &m % p), &(&s * 2_u8 % p));
        let third = self.minus(&(m * self.minus(&s, &x) % p), &(&yy * &yy * 8_u8 % p));
        Point { x, z: y * z * 2_u8 % p, y: third }
    }

    fn add(&self, one: &Point, other: &Point) -> Point {
        if one.is_none() || other.is_none() {
            return if one.is_none() { other.clone() } else { one.clone() };
        }
        let p = &self.p;
        let (zz1, zz2) = (&one.z * &one.z % p, &other.z * &other.z % p);
        let (u1, u2) = (&one.x * &zz2 % p, &other.x * &zz1 % p);
        let (s1, s2) = (&one.y * &other.z % p * &zz2 % p, &other.y * &one.z % p * &zz1 % p);
        let (h, r) = (self.minus(&u2, &u1), self.minus(&s2, &s1));
        if h == BigUint::ZERO {
            return if r == BigUint::ZERO { self.double(one) } else { Point::none() };
        }
        let hh = &h * &h % p;
        let (hhh, v) = (&hh * &h % p, u1 * &hh % p);
        let x = self.minus(&self.minus(&(&r * &r % p), &hhh), &(&v * 2_u8 % p));
        let y = self.minus(&(r * self.minus(&v, &x) % p), &(s1 * hhh % p));
        Point { x, y, z: &one.z * &other.z % p * h % p }
    }

    /// u times one point and v times another, added, bit by bit from the highest.
    fn sum_of_multiples(&self, u: &BigUint, one: &Point, v: &BigUint, other: &Point) -> Point {
        let both = self.add(one, other);
        (0..self.q.bits()).rev().fold(Point::none(), |sum, bit| {
            let sum = self.double(&sum);
            match (u.bit(bit), v.bit(bit)) {
                (true, true) => self.add(&sum, &both),
                (true, false) => self.add(&sum, one),
                (false, true) => self.add(&sum, other),
                (false, false) => sum,
            }
        })
    }
}
