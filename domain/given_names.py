"""Given names common in Sweden: by them a person is told from a place, and health told of somebody is found.

Names that are everyday words as well (*Bror*, *Per*) are left in only where a capital letter tells them apart.
"""

from typing import Final

GIVEN_NAMES: Final = frozenset(
    """
    agneta ahmed aida aino albin alexander alexandra alf alfred ali alice alicia alma alva amanda amina amir amira anders
    andreas anette anita ann anna annelie annika anna-karin ann-marie anna-lena ann-britt ann-christin anneli anton arne aron
    arvid asta astrid axel barbro bengt benjamin berit bernt birger birgit birgitta bjarne bo britt britta britt-marie börje
    camilla carina carin carl carl-johan caroline cecilia charlotta charlotte christer christian christina christoffer
    clara dagmar dagny daniel david dennis ebba eddie edith edvin eivor elias elin elina elis elisabet elisabeth ella ellen
    elliot elsa elvira elvy emelie emil emilia emma erik erika erland ernst esther eva evelina fatima felicia felix filip
    folke frans fredrik frida frank gabriel georg gerd gertrud gittan glenn greta gudrun gun gunborg gunhild gunilla gunnar
    gunnel gun-britt gunvor gurli gustaf gustav göran gösta hanna hanne hannes hans hasse hassan hedvig helen helena helene
    helge henrik henry herbert hilda hilma holger hugo håkan ibrahim ida inga inga-lill inga-britt ingeborg ingegerd
    ingemar inger ingrid ingvar irene iris irma isabella isak ismail ivar jan janne jakob jenny jens jessica joakim johan
    johanna johannes john johnny jonas jonatan jonathan josef josefin josefine judith julia julius jörgen kaj kajsa kalle
    karin karl karl-erik karolina katarina kent kenneth kerstin khadija kim kjell klara klas knut krister kristian kristina
    kristoffer kurt lars lars-erik lasse leif leila lena lennart leo leonard liam lilian lilly linda linn linnea linnéa lisa
    lisbeth liselott lotta louise lovisa lucas ludvig lukas maja maj maj-britt malin malte margareta margit margot maria
    mariam marianne marie marika marina markus mark-olof marta martin martina mathias matilda mats mattias maud max maximilian
    melker mia michael mikael minna mirjam mohamed mohammad mohammed mona monica monika morgan moa märta naima nathalie nils
    nina noah nora ola oliver olivia olof olle omar oscar oskar otto ove patricia patrik paul pelle per pernilla per-erik
    peter petra philip pia pierre pontus rasmus rebecca rebecka rickard rikard robert robin roger roland rolf ronny rosita
    rune rut ruth saga sally samir samira samuel sandra sanna sara sebastian selma signe sigrid sigvard simon siv sixten sofia
    sofie solveig solvig stefan stella sten stig stina stina-lisa sture sune susanna susanne svea sven sven-erik sverker
    sören tage theo therese thomas thorsten tilde tim tina tobias tom tomas tommy tore torsten tove tuva tyra ulf ulla
    ulla-britt ulrika urban valdemar valter vanja vera veronica veronika vidar viggo viktor viktoria vilhelm viola vilma
    vincent viveka wilhelm william yngve ylva yvonne yusuf zahra åke åsa östen örjan
    """.split(),
)
