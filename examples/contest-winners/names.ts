/** Where a winner lives, for a believable mix: names with the spelling used in addresses where letters do not give it. */
export interface Region {
  readonly currency: 'USD' | 'EUR';
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Family names first, without a space: Chinese, Japanese, Korean. */
  readonly familyFirst?: true;
}

/** `name:spelling` where the address is spelled otherwise than by leaving out accents. */
export const regions: readonly Region[] = [
  {
    currency: 'USD',
    given: 'Olivia Liam Emma Noah Ava Ethan Sophia Mason Isabella Logan Mia Lucas Harper Jackson'.split(' '),
    family:
      "Smith Johnson Williams Brown Jones Garcia Miller Davis O'Brien:obrien Wilson Anderson Nguyen".split(
        ' ',
      ),
  },
  {
    currency: 'USD',
    given: 'Sofía Mateo Valentina Santiago Camila Sebastián Lucía Joaquín Martina Tomás Renata Emilio'.split(
      ' ',
    ),
    family: 'Hernández Rodríguez Martínez López González Pérez Sánchez Ramírez Muñoz Ibáñez Peña'.split(' '),
  },
  {
    currency: 'USD',
    given: 'João Beatriz Thiago Conceição Luís Inês Gonçalo Letícia Antônio Mônica Davi Júlia'.split(' '),
    family: 'Silva Santos Oliveira Araújo Gonçalves Simões Magalhães Conceição Corrêa Assunção'.split(' '),
  },
  {
    currency: 'USD',
    given: 'Wilner Marie-Ange Jean-Baptiste Roseline Frantz Guerda Évens Mirlande Ketsia Stéphane'.split(' '),
    family: 'Désir Pierre-Louis Toussaint Jean-Charles Étienne Dessalines Joseph Célestin'.split(' '),
  },
  {
    currency: 'USD',
    given: 'Adaeze Chukwuemeka Ọláyínká:olayinka Ngozi Kwame Wanjirũ:wanjiru Thabo Zanele Amina Tendai'.split(
      ' ',
    ),
    family: 'Okafor Adébáyọ̀:adebayo Mensah Mwangi Nkosi Dlamini Diallo Ndiaye Ọkonkwọ:okonkwo'.split(' '),
  },
  {
    currency: 'USD',
    given: '伟:wei 芳:fang 秀英:xiuying 娜:na 敏:min 静:jing 强:qiang 磊:lei'.split(' '),
    family: '王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 赵:zhao'.split(' '),
    familyFirst: true,
  },
  {
    currency: 'USD',
    given: '結衣:yui 蓮:ren 陽菜:hina 大翔:hiroto さくら:sakura 悠真:yuma'.split(' '),
    family: '佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe'.split(' '),
    familyFirst: true,
  },
  {
    currency: 'USD',
    given: 'محمد:mohammed فاطمة:fatima أحمد:ahmed مريم:maryam يوسف:youssef ليلى:layla'.split(' '),
    family: 'الحسن:alhassan خليل:khalil منصور:mansour حداد:haddad النجار:alnajjar'.split(' '),
  },
  {
    currency: 'USD',
    given: 'שרה:sarah נועם:noam יעל:yael איתי:itai תמר:tamar'.split(' '),
    family: 'כהן:cohen לוי:levi מזרחי:mizrahi פרץ:peretz ביטון:biton'.split(' '),
  },
  {
    currency: 'EUR',
    given: 'Jürgen:juergen Änne:aenne Lukas Hannah Jörg:joerg Mia Björn:bjoern Käthe:kaethe Emil Lena'.split(
      ' ',
    ),
    family:
      'Müller:mueller Schröder:schroeder Weiß:weiss Groß:gross Bäcker:baecker Schmidt Köhler:koehler'.split(
        ' ',
      ),
  },
  {
    currency: 'EUR',
    given: 'Chloé Léo Zoé Théo Inès Maël Anaïs Noël Hélène François Amélie Loïc'.split(' '),
    family: "Lefèvre Dubois Moreau Hervé L'Hôpital:lhopital Bénard Château D'Aubigné:daubigne Noël".split(
      ' ',
    ),
  },
  {
    currency: 'EUR',
    given: 'Giulia Niccolò Chiara Matteo Federica Lorenzo Elena Alessandro'.split(' '),
    family: "Rossi Esposito D'Angelo:dangelo Nicolò Ricci Bianchi Greco De-Luca".split(' '),
  },
  {
    currency: 'EUR',
    given: 'Aino Väinö Eetu Päivi Mika Åsa Jānis Rūta Ülle Žygimantas Miglė'.split(' '),
    family: 'Mäkinen Virtanen Hämäläinen Bērziņš Kazlauskas Jõgi Ozoliņa Öberg Järvinen'.split(' '),
  },
  {
    currency: 'EUR',
    given: 'Γιώργος:giorgos Μαρία:maria Νίκος:nikos Ελένη:eleni Κώστας:kostas Άννα:anna'.split(' '),
    family: 'Παπαδόπουλος:papadopoulos Νικολάου:nikolaou Γεωργίου:georgiou Ιωάννου:ioannou'.split(' '),
  },
  {
    currency: 'EUR',
    given: 'Łukasz:lukasz Agnieszka Michał:michal Zuzana Jiří Ľubica Čeněk Mária'.split(' '),
    family: 'Wiśniewska Wójcik Łuczak:luczak Novák Dvořák Horváthová Šťastný Zieliński'.split(' '),
  },
  {
    currency: 'EUR',
    given: 'Оксана:oksana Тарас:taras Иван:ivan Мария:mariya Димитър:dimitar Елена:elena'.split(' '),
    family: 'Шевченко:shevchenko Бондаренко:bondarenko Петров:petrov Георгиева:georgieva'.split(' '),
  },
];
