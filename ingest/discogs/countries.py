"""Discogs country names with an ISO 3166-1 alpha-2 code; regions and former states have none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TABLE: Final = """
Afghanistan AF|Albania AL|Algeria DZ|Andorra AD|Angola AO|Argentina AR|Armenia AM|Aruba AW
Australia AU|Austria AT|Azerbaijan AZ|Bahamas, The BS|Bahrain BH|Bangladesh BD|Barbados BB
Belarus BY|Belgium BE|Belize BZ|Benin BJ|Bermuda BM|Bolivia BO|Bosnia & Herzegovina BA|Botswana BW
Brazil BR|Bulgaria BG|Burkina Faso BF|Burma MM|Cambodia KH|Cameroon CM|Canada CA|Cape Verde CV
Chad TD|Chile CL|China CN|Colombia CO|Congo, Democratic Republic of the CD|Costa Rica CR|Croatia HR
Cuba CU|Curaçao CW|Cyprus CY|Czech Republic CZ|Denmark DK|Dominica DM|Dominican Republic DO
Ecuador EC|Egypt EG|El Salvador SV|Estonia EE|Ethiopia ET|Faroe Islands FO|Fiji FJ|Finland FI
France FR|French Guiana GF|French Polynesia PF|Gabon GA|Gambia, The GM|Georgia GE|Germany DE
Ghana GH|Gibraltar GI|Greece GR|Greenland GL|Grenada GD|Guadeloupe GP|Guatemala GT|Guinea GN
Guyana GY|Haiti HT|Honduras HN|Hong Kong HK|Hungary HU|Iceland IS|India IN|Indonesia ID|Iran IR
Iraq IQ|Ireland IE|Israel IL|Italy IT|Ivory Coast CI|Jamaica JM|Japan JP|Jordan JO|Kazakhstan KZ
Kenya KE|Kuwait KW|Kyrgyzstan KG|Laos LA|Latvia LV|Lebanon LB|Libya LY|Liechtenstein LI
Lithuania LT|Luxembourg LU|Macau MO|Macedonia MK|Madagascar MG|Malawi MW|Malaysia MY|Mali ML
Malta MT|Martinique MQ|Mauritius MU|Mexico MX|Moldova, Republic of MD|Monaco MC|Mongolia MN
Montenegro ME|Morocco MA|Mozambique MZ|Namibia NA|Nepal NP|Netherlands NL|New Caledonia NC
New Zealand NZ|Nicaragua NI|Nigeria NG|Norway NO|Oman OM|Pakistan PK|Panama PA
Papua New Guinea PG|Paraguay PY|Peru PE|Philippines PH|Poland PL|Portugal PT|Puerto Rico PR
Qatar QA|Reunion RE|Romania RO|Russia RU|Rwanda RW|San Marino SM|Saudi Arabia SA|Senegal SN
Serbia RS|Seychelles SC|Sierra Leone SL|Singapore SG|Slovakia SK|Slovenia SI|Somalia SO
South Africa ZA|South Korea KR|North Korea KP|Spain ES|Sri Lanka LK|Sudan SD|Suriname SR|Sweden SE
Switzerland CH|Syria SY|Taiwan TW|Tajikistan TJ|Tanzania TZ|Thailand TH|Togo TG
Trinidad & Tobago TT|Tunisia TN|Turkey TR|Turkmenistan TM|Uganda UG|Ukraine UA
United Arab Emirates AE|UK GB|US US|Uruguay UY|Uzbekistan UZ|Vatican City VA|Venezuela VE
Vietnam VN|Yemen YE|Zambia ZM|Zimbabwe ZW
"""

COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: code
        for entry in _TABLE.replace("US US", "US US").replace("\n", "|").split("|")
        if entry
        for name, _, code in (entry.rpartition(" "),)
    }
)
