"""Surnames and given names that sound local. Any resemblance of a pair to a person is chance."""

from random import Random

NOMS = (
    "Ajapuhnya Ataba Atiti Bearune Boaé Boula Cawidrone Caihe Dokunengo Drawilo Forrest Gohoupe "
    "Goromido Gowet Hnaisilin Hnassil Hnaweongo Hnepeune Honakoko Ihage Ixeko Kabar Kaemo Kaloi Kapetha "
    "Kasarhérou Katrawa Kecine Luepack Mandaoue Mapou Meandu Moagou Nahiet Naoutchoué Nekoeng Nonnaro "
    "Oiremoin Ouetcho Ounei Pabouty Paita Poadae Poithily Poudewa Qala Saiko Salaün Sinewami Siwene "
    "Tchoeaoua Thoyon Tidjine Tiaou Tuoheme Tutugoro Upigit Wadrenges Waheo Wahmetu Waia Wamejo "
    "Wassaumi Washetine Wéa Xenie Xozame Zeoula Falelavaki Fotofili Fotutata Hoatau Kafikaila Kanimoa "
    "Katoa Lagikula Lakina Lamata Likuvalu Manuohalalo Masei Mulikihaamea Nofoka Pagatele Polutele "
    "Safotuu Sanga Taofifenua Tauhavili Tuaiva Tufele Tuiseka Vahai Vakalepu Valao Faua Hauata Maro "
    "Paofai Tehei Teriinohorai Teriitahi Tetuanui Tumahai Kartodiwirjo Karyo Moentari Partodikromo "
    "Poniman Sastrowidjojo Soero Todikromo Wongsodikromo Dang Dinh Hoang Lam Luong Ngo Nguyen Pham Tran "
    "Trinh Vu Bellec Blanchet Bouquet Brizard Cornaille Cugola Daly Debels Delmas Devaud Duboisset "
    "Ferrand Gardin Gaveau Gervolino Girard Guépy Hagen Lacrose Lassalle Laubreaux Lavigne Lecourieux "
    "Lepigeon Lethézer Lomont Magnin Maréchal Martin Metzger Moreau Mostini Nagle Newland Oudet Pasco "
    "Pognon Réveillon Rolland Roumagne Saucier Streiff Tissandier Vautrin Verlaguet Vittori Winchester"
).split()

PRENOMS_M = (
    "Albert Alain Alexandre André Antoine Atonio Auguste Bastien Benoît Bernard Bruno Cédric Charles "
    "Christophe Claude Cyril Damien Daniel David Denis Didier Dominique Édouard Emmanuel Éric Étienne "
    "Fabrice Félix François Franck Gabriel Gaston Gérard Gilbert Grégory Guillaume Henri Hervé Hugo "
    "Jacques Jean Jean-Marc Jean-Pierre Jean-Yves Jérémie Joël Joseph Jules Julien Kévin Laurent Léon "
    "Loïc Louis Luc Marc Martial Mathieu Maurice Michel Nicolas Noël Olivier Pascal Patrick Paul Petelo "
    "Philippe Pierre Raphaël Rémy Richard Robert Roger Romain Samuel Sébastien Simon Soane Stéphane "
    "Sylvain Tamatoa Théo Thierry Thomas Tino Tristan Victor Vincent Wilfrid Xavier Yann Yvon"
).split()

PRENOMS_F = (
    "Agnès Alice Aline Amandine Anaïs Angèle Anne Annick Aude Audrey Béatrice Bernadette Brigitte "
    "Camille Caroline Catherine Cécile Céline Chantal Christelle Christine Claire Corinne Danielle "
    "Delphine Denise Diane Édith Élisabeth Élodie Émilie Estelle Eugénie Fabienne Florence Françoise "
    "Gaëlle Geneviève Germaine Ghislaine Hélène Henriette Inès Isabelle Jacqueline Jeanne Joëlle "
    "Josiane Julie Juliette Karine Katia Laetitia Laure Léa Léonie Lucie Lydia Madeleine Malia Manon "
    "Marguerite Marie Marie-Hélène Marie-Laure Marine Martine Mathilde Mélanie Micheline Monique Myriam "
    "Nadège Nadine Nathalie Nelly Nicole Noëlla Odile Pascale Patricia Pauline Rachel Rosalie Rose "
    "Sabrina Sandrine Sarah Sidonie Solange Sophie Stéphanie Suzanne Sylvie Thérèse Vaitea Valérie "
    "Véronique Virginie Vivianne Yasmina Yolande Yvette"
).split()


def draw_name(hasard: Random) -> tuple[str, str, str]:
    """Return (nom, prénom, sexe); about 46 % women, as in the city's workforce."""
    sexe = "F" if hasard.random() < 0.46 else "M"
    nom = hasard.choice(NOMS)
    if hasard.random() < 0.04:
        nom = f"{nom}-{hasard.choice(NOMS)}"
    return nom, hasard.choice(PRENOMS_F if sexe == "F" else PRENOMS_M), sexe
