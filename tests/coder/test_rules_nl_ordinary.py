"""Ordinary Dutch replies: easy to misread, plainly written, never to be scolded where they listen, never let through where they push."""

import pytest

from mi_helpers.coder import code_turn
from mi_helpers.feedback.verdict import judge

#: The list at the end of the contract: what the client said, the reply, the codes that are right, the verdicts that are.
CONTRACT = [
    ("Ik durf die oefening niet te doen.", "Ik begrijp dat je bang bent voor meer pijn", {"simple_reflection", "complex_reflection"}, {"consistent"}),
    ("Ik ben mijn baan kwijt.", "Dat lijkt me heel zwaar", {"support"}, {"partly"}),
    ("Ik probeer te stoppen, maar ik begin steeds weer.", "Je wilt wel, maar het lukt je niet", {"complex_reflection", "simple_reflection"}, {"consistent"}),
    ("Ik rook al jaren.", "Heb je al eens eerder geprobeerd te stoppen?", {"closed_question"}, {"partly", "consistent"}),
    ("Ik slaap slecht.", "Mag ik een tip geven? Je kunt een half uur eerder naar bed gaan.", {"advise_without_permission", "seek_permission"}, {"partly"}),
    ("Ik neem ze vaak niet.", "Wat heb je nodig om het wél te doen?", {"open_question"}, {"consistent"}),
    ("Ik drink elke dag.", "Wat gebeurt er als je zo doorgaat?", {"open_question"}, {"unsure", "partly"}),
    ("Het is gewoon een rotziekte.", "Klopt.", {"other", "facilitate"}, {"partly"}),
]  # fmt: skip


@pytest.mark.parametrize(("client", "reply", "codes", "verdicts"), CONTRACT, ids=[c[1][:40] for c in CONTRACT])
def test_easy_to_misread(client, reply, codes, verdicts):
    coding = code_turn(reply, previous=client, lang="nl")
    assert coding.main in codes
    assert judge(coding)[0] in verdicts


#: Plain replies that listen, ask, support or keep order.
FINE = """
Ik kom mijn bed niet uit. | Opstaan kost je ontzettend veel moeite.
Ik kom mijn bed niet uit. | Je zou willen dat het anders was.
Hij luistert nooit naar mij. | U voelt zich niet serieus genomen.
Hij luistert nooit naar mij. | Je moet alles tien keer zeggen.
Ik vergeet mijn pillen. | U wilt ze wel nemen, alleen schiet het er vaak bij in.
Ik heb geen tijd om te sporten. | Er is gewoon geen ruimte meer in je agenda.
Ik heb geen tijd om te sporten. | U moet al zoveel op een dag.
Na mijn werk neem ik een biertje. | Ge drinkt om tot rust te komen.
Ik wil terug naar mijn werk maar ik ben bang. | Dus als ik het goed begrijp wil je terug, maar houdt de angst je tegen, klopt dat?
Ik stel alles uit. | Je vindt dat je eigenlijk eerder had moeten beginnen.
Ik stel alles uit. | Hoe meer je uitstelt, hoe groter de berg wordt voor je gevoel.
Mijn vrouw overdrijft. | Volgens jou is er niks aan de hand.
Ik wil nog niet terug naar mijn werk. | U moet er niet aan denken om weer te beginnen.
Ik moet van de dokter afvallen. | De dokter vindt dat het moet.
Iedereen zegt dat ik moet stoppen. | Iedereen vindt dat je moet stoppen, en wat jij vindt telt niet mee.
Misschien moet ik maar eens stoppen. | Een deel van jou vindt dat het tijd is om te stoppen.
Ik zou beter moeten eten. | Je vindt dat je beter zou moeten eten.
Ik snap dat het slecht is maar ik vind het zo lekker. | Roken is lekker en het is slecht, en je zit daartussenin.
Ik kan niet slapen zonder joint. | Zonder joint slaap je niet.
Als ik niet stop, verlies ik mijn vrouw. | Als je niet stopt, raak je haar kwijt.
ik heb geen zin in die groep | ge hebt er geen goesting in
Ik durf niet te bellen. | Waar ben je het meest bang voor?
Ik durf niet te bellen. | Ik ben benieuwd waar je precies bang voor bent.
Hij luistert gewoon niet. | Kunt u een voorbeeld geven van hoe dat gaat?
Ik drink niet zoveel. | Zou je me iets meer kunnen vertellen over wat je drinkt?
Ik drink niet zoveel. | Je vindt het niet veel. Drink je doordeweeks ook?
Ik weet niet of ik dit wil. | Je hoeft hier niks wat je niet wilt.
Ik weet niet of ik dit wil. | Ik ga je niet vertellen wat je moet doen.
Ik weet het niet meer. | Heb je er behoefte aan dat ik daar iets over vertel?
Ik weet het niet meer. | Zullen we daar samen eens naar kijken?
Ik ben toch gekomen. | Fijn dat je ondanks je twijfels toch gekomen bent.
Ik kan het niet goed uitleggen. | Neem gerust je tijd.
Ik kan het niet goed uitleggen. | Doe maar op je gemak.
Tot zover. | Laten we eerst even kijken naar je dagboekje.
Tot zover. | Dan maken we een nieuwe afspraak voor over twee weken.
Je was te laat. | Sorry dat ik je liet wachten.
Dit heb ik nog nooit verteld. | Fijn dat je dit met me deelt.
Ik ben altijd zenuwachtig. | Dat heb ik ook.
Mijn zoontje slaat andere kinderen. | U bent bang dat hij straks geen vriendjes meer heeft.
Voor wie werkt u eigenlijk? | Ik heb liever dat u het vandaag van mij hoort dan later van een ander.
Vroeger tekende ik veel. | Hoe zou het voor je zijn om weer te tekenen?
Ik ben bijna weggelopen. | U had weg kunnen lopen, maar u bleef zitten.
Ik stond dertig jaar op dat podium. | Wat betekende het voor je, daar op dat podium?
Ik stond dertig jaar op dat podium. | Wie was je daar?
Doen die pillen wat? | Het is bekend dat de tabletten bij sommige mensen hoofdpijn geven.
Ik lig vaak wakker. | Onderzoek laat zien dat de meeste mensen na een jaar weer slapen zoals daarvoor.
Ik weet er niks van. | Zou het u helpen om te horen wat erover bekend is, of komt iets anders eerst?
Ik stond te trillen, dinsdag. | Wat maakte dat ogenblik je duidelijk?
"""

#: Plain replies with a push in them, however kind.
PUSH = """
Ik rook vooral bij de koffie. | Waarom neem je dan geen thee?
Ik rook vooral bij de koffie. | En als je nou eens zonder koffie de dag begint?
Ik durf niet te bellen. | Een mailtje sturen kan natuurlijk ook.
Hij luistert gewoon niet. | U kunt hem het beste even negeren als hij zo doet.
Ik vergeet mijn pillen. | Kun je ze niet naast je tandenborstel leggen?
Ik vergeet mijn pillen. | Ik begrijp dat het lastig is, maar met een weekdoos vergeet je ze niet meer.
Ik heb geen tijd om te sporten. | Met een personal trainer hou je het beter vol.
Ik wil terug naar mijn werk maar ik ben bang. | Wat jij nodig hebt is een duidelijk opbouwschema.
Ik stel alles uit. | De truc is om te beginnen met het moeilijkste.
Mijn knie doet pijn. | Zoudt ge niet eens naar een andere kinesist gaan?
ik blow om te slapen | je moet gwn vroeger naar bed dan slaap je wel
Ik neem mijn pillen niet. | Vanaf nu elke ochtend innemen, afgesproken?
Ik drink niet zoveel. | En die lege flessen dan?
Ik drink niet zoveel. | Je houdt jezelf voor de gek.
Mijn vrouw overdrijft. | Heeft ze niet gewoon gelijk?
Ik rook al dertig jaar. | Als je zo doorgaat, haal je de zestig niet.
Ik neem mijn insuline niet altijd. | Doet u dat niet, dan krijgt u problemen met uw voeten.
Ik schaam me voor mijn lijf. | Je hoeft je toch niet te schamen.
Ik ben bang dat het nooit meer goed komt. | Iedereen voelt zich weleens zo.
Ik weet niet of ik wil stoppen. | Het is natuurlijk jouw keuze, maar ik zou het bier laten staan.
Ik lig tot drie uur wakker. | Wat je nodig hebt, is een vaste bedtijd.
Ik gok nog wel. | Het klinkt alsof je zelf ook wel weet dat het zo niet langer kan.
Op zondag kaart ik. | Dan moet je niet meer kaarten op zondag.
Op zondag kaart ik. | Is een potje kaarten nou echt belangrijker dan je rijbewijs?
School is niks voor mij. | Zonder papiertje kom je nergens.
Ik sla er weleens een over. | Als je er een vergeet, kun je een aanval krijgen en iemand doodrijden.
Ik beweeg weinig. | Hoe zou het zijn om gewoon een half uur te fietsen?
Ik slaap slecht. | Onderzoek laat zien dat mensen die sporten minder wakker liggen.
"""


def _pairs(block):
    return [tuple(part.strip() for part in line.split("|")) for line in block.strip().splitlines()]


@pytest.mark.parametrize(("client", "reply"), _pairs(FINE))
def test_a_good_reply_is_never_scolded(client, reply):
    coding = code_turn(reply, previous=client, lang="nl")
    assert coding.issues == ()
    assert judge(coding)[0] in ("consistent", "partly", "unsure")
    assert coding.mi_consistent is not False


@pytest.mark.parametrize(("client", "reply"), _pairs(PUSH))
def test_a_push_is_seen_and_named(client, reply):
    coding = code_turn(reply, previous=client, lang="nl")
    assert judge(coding)[0] == "inconsistent"
    assert coding.issues
