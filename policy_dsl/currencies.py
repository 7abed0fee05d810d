"""The currencies of ISO 4217: their codes, and how many digits their smallest units have."""

from __future__ import annotations

from collections.abc import Mapping

_TWO_DIGITS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP "
    "LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR "
    "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR "
    "ZMW ZWG"
)
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"

CURRENCIES: Mapping[str, int] = dict(
    sorted(
        [
            *((code, 0) for code in _NO_DIGITS.split()),
            *((code, 2) for code in _TWO_DIGITS.split()),
            *((code, 3) for code in _THREE_DIGITS.split()),
            *((code, 4) for code in _FOUR_DIGITS.split()),
        ]
    )
)
"""The digits behind the point in an amount, by the currency's code: 2 for USD, 0 for JPY.

All codes in use that have a smallest unit, and two that were withdrawn in 2025 and 2026. From
ISO 4217, list one.
"""
